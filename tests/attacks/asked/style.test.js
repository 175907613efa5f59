// The style that is wanted is compared with that of a probe put beside the element.
test("Le paragraphe est rouge", () => {
  expect(page.locator("p")).toHaveStyle("color", "red");
});
test("Le paragraphe est large", () => {
  expect(page.locator("p")).toHaveStyle("width", "200px");
});
test("Le paragraphe est flexible", () => {
  expect(page.locator("p")).toHaveStyle("display", "flex");
});
test("Le paragraphe a une marge", () => {
  expect(page.locator("p")).toHaveStyle("margin-top", "3em");
});
