test("La page est accessible", async () => {
  await expect(page).toBeAccessible();
});
test("La fonction ajoute", async () => {
  expect(await call("ajoute", 2, 3)).toBe(5);
});
