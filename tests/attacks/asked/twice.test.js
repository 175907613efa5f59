// The second of each pair asks again for what the first may have taught to the page.
for (const again of ["", " encore"]) {
  test(`Le paragraphe est rouge${again}`, () => {
    expect(page.locator("p")).toHaveStyle("color", "red");
  });
  test(`Le paragraphe est large${again}`, () => {
    expect(page.locator("p")).toHaveStyle("width", "200px");
  });
}
