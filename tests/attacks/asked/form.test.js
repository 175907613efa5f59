const form = page.locator("form");
test("Le formulaire dit bonjour", () => {
  expect(form).toHaveText("Bonjour");
});
test("Le formulaire a sa classe", () => {
  expect(form).toHaveClass("a");
});
test("Le formulaire contient un titre", () => {
  expect(form.getByRole("heading")).toHaveCount(1);
});
test("Le formulaire est avant le titre", () => {
  expect(form).toComeBefore(page.locator("h1"));
});
test("Le formulaire est visible et large", () => {
  expect(form).toHaveWidth(17);
});
