import { useEffect } from "react";
import { useTitleCount } from "@/lib/page-title";

/** In pixels: what a tab shows is at most half of it. */
const size = 64;
const badge = { fill: "#c4281c", ink: "#ffffff", font: "bold 40px system-ui, sans-serif" };

/** Says on every page, in the tab itself, how many sessions need a person. */
export function useAttention(count: number) {
  useTitleCount(count);
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>("link[rel='icon']");
    if (link === null) return undefined;
    const plain = link.dataset["plain"] ?? link.href;
    const show = (href: string, type: string) => Object.assign(link, { href, type });
    link.dataset["plain"] = plain;
    if (count === 0) {
      show(plain, "image/svg+xml");
      return undefined;
    }
    const image = new Image(size, size);
    image.onload = () => void show(draw(image, count), "image/png");
    image.src = plain;
    return () => void (image.onload = null);
  }, [count]);
}

function draw(image: HTMLImageElement, count: number): string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const context = canvas.getContext("2d");
  if (context === null) return image.src;
  context.drawImage(image, 0, 0, size, size);
  context.fillStyle = badge.fill;
  context.beginPath();
  context.arc(size * 0.64, size * 0.64, size * 0.36, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = badge.ink;
  context.font = badge.font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(count > 9 ? "9+" : String(count), size * 0.64, size * 0.67, size * 0.6);
  return canvas.toDataURL();
}
