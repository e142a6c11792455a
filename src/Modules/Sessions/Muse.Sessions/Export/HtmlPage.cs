namespace Muse.Sessions.Export;

/// <summary>What every exported page begins with: its policy and its look, for light and dark, paper and phone.</summary>
internal static class HtmlPage
{
    public const string Start = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <meta name="color-scheme" content="light dark">
        <style>
        :root { --ink: #1c2024; --soft: #5b6470; --surface: #fff; --raised: #f4f6f8; --line: #d8dde3; --accent: #1f5fbf; --bad: #b3261e; --plus: #dff3e4; --minus: #fbe3e1; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --soft: #a3acb8; --surface: #14171a; --raised: #1d2126; --line: #353c45; --accent: #8ab4f8; --bad: #ff8a80; --plus: #17351f; --minus: #44201d; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 60rem; background: var(--surface); color: var(--ink); font: 0.9375rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
        h1 { margin: 0 0 0.75rem; font-size: 1.375rem; line-height: 1.3; }
        h2 { margin: 2rem 0 0.5rem; font-size: 1.0625rem; }
        h3, h4, h5, h6 { margin: 1rem 0 0.25rem; font-size: 1rem; }
        a { color: var(--accent); }
        dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 0.125rem 1rem; margin: 0; }
        dl div { display: flex; gap: 0.5rem; }
        dt { flex: none; width: 4.5rem; color: var(--soft); }
        dd { margin: 0; }
        .masked { margin: 0.75rem 0; padding: 0.5rem 0.75rem; border: 1px solid var(--line); border-radius: 0.375rem; }
        nav { margin: 1rem 0; }
        nav ol { margin: 0.25rem 0; padding-left: 2.25rem; max-height: 20rem; overflow: auto; }
        time, .who span, .note { color: var(--soft); font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
        article { margin: 0.75rem 0; padding: 0.125rem 0 0.125rem 0.875rem; border-left: 3px solid var(--line); }
        article.prompt { border-left-color: var(--accent); background: var(--raised); padding: 0.375rem 0.75rem 0.5rem 0.875rem; }
        article.error, article.failed { border-left-color: var(--bad); }
        article.void { opacity: 0.65; }
        article:target { outline: 2px solid var(--accent); outline-offset: 2px; }
        .who { display: flex; flex-wrap: wrap; gap: 0 0.625rem; align-items: baseline; margin: 0; }
        .who time { margin-left: auto; }
        .line { margin: 0.125rem 0; }
        .text { white-space: pre-wrap; }
        .todo { margin: 0; }
        code, pre { font: 0.8125rem/1.45 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
        pre { margin: 0.25rem 0; padding: 0.5rem 0.625rem; background: var(--raised); border-radius: 0.375rem; white-space: pre-wrap; }
        article.prompt pre, article.prompt code { background: none; }
        details { margin: 0.25rem 0; }
        summary { cursor: pointer; color: var(--soft); }
        ins, del { text-decoration: none; display: inline-block; width: 100%; }
        ins { background: var(--plus); }
        del { background: var(--minus); }
        .at { color: var(--soft); }
        .agent { margin: 0.5rem 0 0.75rem 0.875rem; padding: 0.375rem 0.625rem; border: 1px solid var(--line); border-radius: 0.375rem; }
        .markdown > :first-child { margin-top: 0.125rem; }
        .markdown p, .markdown ul, .markdown ol { margin: 0.375rem 0; }
        blockquote { margin: 0.375rem 0; padding-left: 0.75rem; border-left: 2px solid var(--line); color: var(--soft); }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; display: block; overflow-x: auto; }
        th, td { padding: 0.25rem 0.625rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
        img { max-width: 100%; height: auto; }
        @media (max-width: 30rem) { body { padding: 1rem 0.75rem 3rem; } .agent { margin-left: 0; padding: 0.375rem; } dl { grid-template-columns: 1fr; } }
        @media print { body { max-width: none; padding: 0; } nav ol { max-height: none; } summary { break-after: avoid; } }
        </style>

        """;
}
