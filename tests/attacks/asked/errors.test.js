test("La console ne dit rien de grave", async () => {
  expect(page.console.filter(({ level }) => level === "error")).toHaveLength(0);
});
test("La page n’a pas d’erreur", async () => {
  expect(page).toHaveNoErrors();
});
