// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Markdown } from "./markdown";

describe("Markdown from strangers", () => {
  it("loads no image and says where it is", () => {
    const { container } = render(<Markdown text="![pixel](https://evil.example/p.png)" />);
    expect(container.querySelector("img")).toBeNull();
    expect(screen.getByRole("link", { name: "[image: pixel]" }).getAttribute("href")).toBe("https://evil.example/p.png");
  });

  it("shows HTML as text", () => {
    const { container } = render(<Markdown text={'<script>alert(1)</script> and <b onclick="x()">bold</b>'} />);
    expect(container.querySelector("script, b")).toBeNull();
    expect(container.textContent).toContain("<b onclick");
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/api/sessions"])("follows no %s", (href) => {
    render(<Markdown text={`[click](${href})`} />);
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("opens links apart from this page", () => {
    render(<Markdown text="[site](https://example.org)" />);
    const link = screen.getByRole("link", { name: "site" });
    expect([link.getAttribute("rel"), link.getAttribute("target")]).toEqual(["noopener noreferrer", "_blank"]);
  });
});
