test("Le titre dit bonjour", async () => {
  await page.setViewportSize({ width: 900, height: 700 });
  expect(page.getByRole("heading", { level: 1 })).toHaveText("Bonjour le monde");
});
