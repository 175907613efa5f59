// Filling a field runs handlers of the page while code of the tests is on the stack.
test("Le nom s’écrit en capitales", async () => {
  await user.fill(page.getByLabel("Nom"), "Samira");
  await user.fill(page.getByLabel("Date"), "2026-01-01");
  expect(page.getByLabel("Nom")).toHaveValue("SAMIRA");
});
test("La fonction ajoute", async () => {
  expect(await call("ajoute", 2, 3)).toBe(5);
});
test("Le titre dit bonjour", () => {
  expect(page.getByRole("heading", { level: 1 })).toHaveText("Bonjour le monde");
});
