// media-chrome writes <style> into its shadow roots, which the content security policy allows only with the page's
// nonce. This gives each of them the nonce, and must be imported before media-chrome.

const nonce = document.querySelector<HTMLElement>("script[nonce], style[nonce], link[nonce]")?.nonce ?? "";

function signed(markup: string): string {
  return markup.replaceAll("<style>", `<style nonce="${nonce}">`);
}

const root = ShadowRoot.prototype as ShadowRoot & { setHTMLUnsafe?: (markup: string) => void };
const inner = Object.getOwnPropertyDescriptor(root, "innerHTML") as PropertyDescriptor;

if (nonce) {
  Object.defineProperty(root, "innerHTML", {
    ...inner,
    set(this: ShadowRoot, markup: string) {
      inner.set?.call(this, signed(markup));
    },
  });
  const whole = root.setHTMLUnsafe;
  if (whole)
    root.setHTMLUnsafe = function (this: ShadowRoot, markup: string) {
      whole.call(this, signed(markup));
    };
}
