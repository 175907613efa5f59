test("La page trouve tous ses fichiers", async () => {
  await global("ready");
  expect(page).toLoadEverything();
});
