/** A link that looks like a button, and knows the workbench's addresses. */
import { Button, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes } from "react";

type Parts = ButtonProps & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps>;

function AnchorButton(parts: Parts) {
  return <Button component="a" {...parts} />;
}

export const LinkButton = createLink(AnchorButton);
