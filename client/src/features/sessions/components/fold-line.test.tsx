// @vitest-environment jsdom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { anItem } from "@/testing/factories";
import { Terminal } from "./terminal";
import { ToolLine } from "./tool-line";

describe("a tool call", () => {
  it("is one line that says what happened and unfolds by keyboard", async () => {
    const toggle = vi.fn();
    const item = anItem(1, { kind: "tool", name: "Edit", status: "ok", outcome: { file: "src/Sweep.cs", added: 12, removed: 2 } });
    render(<ToolLine item={item} open={false} onToggle={toggle} />);
    const line = screen.getByRole("button", { name: /Edit.*Sweep\.cs.*\+12.*−2/, expanded: false });
    line.focus();
    await userEvent.keyboard("{Enter}");
    expect(toggle).toHaveBeenCalledOnce();
  });

  it("draws output as text without inline styles", () => {
    const { container } = render(<Terminal output={"\u001b[31m<img src=x>\u001b[0m"} />);
    expect(container.querySelector("img, [style]")).toBeNull();
    expect(screen.getByText("<img src=x>").dataset["ink"]).toBe("1");
  });
});
