// Each test acts, so that each finds a page opened anew.
for (const again of ["", " encore", " toujours"]) {
  test(`La page devient flexible${again}`, async () => {
    expect(page.locator("body"), "avant").not.toHaveStyle("display", "flex");
    await user.click(page.getByRole("button"));
    expect(page.locator("body")).toHaveStyle("display", "flex");
  });
}
