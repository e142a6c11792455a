import type { ReactNode } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { safeLink } from "@/lib/sanitize";
import styles from "./markdown.module.css";

const plugins = [remarkGfm];

const Anchor = ({ href, children }: { href: string | undefined; children: ReactNode }) => {
  const link = safeLink(href);
  return link === null ? (
    <span>{children}</span>
  ) : (
    <a href={link} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
};

// An image would tell its server who reads what, so only its address is shown. Headings stay below the page's own.
const components: Components = {
  a: ({ href, children }) => <Anchor href={href}>{children}</Anchor>,
  img: ({ src, alt }) => <Anchor href={typeof src === "string" ? src : undefined}>[image: {alt === undefined || alt === "" ? "no description" : alt}]</Anchor>,
  h1: ({ children }) => <h3 className={styles.h1}>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
  table: ({ children }) => (
    <div className={styles.table} tabIndex={0} role="group" aria-label="Table">
      <table>{children}</table>
    </div>
  ),
  input: ({ checked }) => <span>{checked === true ? "☑" : "☐"}</span>,
};

/** Markdown from strangers: no HTML, no image, and only links that may be followed. */
export const Markdown = ({ text }: { text: string }) => (
  <div className={styles.markdown}>
    <ReactMarkdown remarkPlugins={plugins} components={components}>
      {text}
    </ReactMarkdown>
  </div>
);
