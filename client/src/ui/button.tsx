import type { ComponentPropsWithRef, ReactNode } from "react";
import styles from "./button.module.css";
import { Icon, type IconName } from "./icon";

interface Props extends ComponentPropsWithRef<"button"> {
  icon?: IconName;
  look?: "plain" | "quiet" | "main";
  children?: ReactNode;
}

export const Button = ({ icon, look = "plain", children, ...rest }: Props) => (
  <button type="button" className={styles.button} data-look={look} data-square={children === undefined || undefined} {...rest}>
    {icon !== undefined && <Icon name={icon} />}
    {children}
  </button>
);
