// What each attack pretends to have done, and has not.
test("Le titre dit bonjour", () => {
  expect(page.getByRole("heading", { level: 1 })).toHaveText("Bonjour le monde");
});
test("La page est flexible", () => {
  expect(page.locator("body")).toHaveStyle("display", "flex");
});
test("La fonction ajoute", async () => {
  expect(await call("ajoute", 2, 3)).toBe(5);
});
test("Le bouton remercie", async () => {
  await user.click(page.getByRole("button"));
  expect(page.getByRole("button")).toHaveText("merci");
});
