// The validator is shared: the next page must not wait for this one.
test("La page est valide", async () => {
  await expect(page).toBeValid();
});
test("La fonction ajoute", async () => {
  expect(await call("ajoute", 2, 3)).toBe(5);
});
