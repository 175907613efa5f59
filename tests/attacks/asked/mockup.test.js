test("La page est comme la maquette", async () => {
  await expect(page).toMatchMockup("maquette.png");
});
test("La fonction ajoute", async () => {
  expect(await call("ajoute", 2, 3)).toBe(5);
});
