// One test is enough: the page is as busy in the others.
test("La fonction ajoute", async () => {
  expect(await call("ajoute", 2, 3)).toBe(5);
});
