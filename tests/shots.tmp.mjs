import { withPlayground } from './playground/page.mjs';
await withPlayground(async ({ page, playground }) => {
  await page.getByRole('textbox', { name: 'Lua source' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('-- A counter\nlocal limit <const> = 10\nCount = Count or 0\n\nHandlers.add("Add", function(msg)\n  Count = Count + msg.Amount.value\n  msg.reply({ Data = tostring(Count) })\nend)\n\nprint("ready")\nSend({ Target = ao.id, Action = "Add", Amount = "2" })\nreturn { 1, "two", a = true }\n');
  await playground.run();
  await playground.view('Console');
  const input = page.getByRole('textbox', { name: 'Lua for the process' });
  for (const line of ['Count', 'return { Owner, Name, n = 1 }', 'x.y.z', '.help', 'Send({ Target = ao.id, Action = "Hello" })']) { await input.fill(line); await input.press('Enter'); await page.waitForTimeout(400); }
  await page.getByRole('note').first().waitFor();
  await page.waitForTimeout(800);
  for (const theme of ['light', 'dark']) for (const [w, h] of [[1280, 800], [390, 844]]) {
    await page.setViewportSize({ width: w, height: h });
    await page.getByLabel('Theme').selectOption(theme);
    await page.waitForTimeout(200);
    await page.screenshot({ path: `/tmp/ed-${theme}-${w}.png`, fullPage: w === 390 });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Add a file' }).click();
  await page.getByText('Keys', { exact: true }).click();
  await page.getByText('reply', { exact: true }).hover();
  await page.waitForTimeout(700);
  await page.screenshot({ path: '/tmp/ed-hover.png' });
});
