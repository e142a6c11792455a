import type { ReactNode } from "react";
import styles from "./data-table.module.css";

interface Props {
  label: string;
  columns: readonly { label: string; number?: boolean }[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}

/** A table where there is room for one, and a card per row with its labels where there is not. */
export const DataTable = ({ label, columns, rows }: Props) => (
  <table className={styles.table} aria-label={label}>
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column.label} scope="col" data-number={column.number || undefined}>
            {column.label}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={row.key}>
          {row.cells.map((cell, index) => (
            <td key={index} data-label={columns[index]?.label} data-number={columns[index]?.number || undefined}>
              {cell}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
