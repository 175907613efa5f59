for (const again of ["", " encore"]) {
  test(`Le cadre est rouge${again}`, () => {
    expect(page.locator("iframe")).toHaveStyle("background-color", "red");
  });
  test(`Le cadre est large${again}`, () => {
    expect(page.locator("iframe")).toHaveStyle("width", "123px");
  });
}
