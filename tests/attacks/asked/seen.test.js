// An element that nobody sees has no style at all, which equals no style.
test("Le paragraphe est rouge", () => {
  expect(page.locator("p")).toHaveStyle("color", "red");
});
test("Le paragraphe est large", () => {
  expect(page.locator("p")).toHaveStyle("width", "200px");
});
test("Le paragraphe se voit", () => {
  expect(page.getByText("Texte")).toBeVisible();
});
test("Le paragraphe est lu", () => {
  expect(page.getByRole("paragraph")).toHaveText("Texte");
});
