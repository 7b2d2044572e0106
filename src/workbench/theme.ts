/** The component library in ink on paper. Colours are roles (style/roles.css); here they are only put in their places. */
import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

const INK = "#14110f";
/** The library asks for ten shades and parses them; what is seen comes from the roles. */
const ink: MantineColorsTuple = [INK, INK, INK, INK, INK, INK, INK, INK, INK, INK];

const variants: VariantColorsResolver = ({ variant }) =>
  variant === "filled"
    ? {
        background: "var(--ink)",
        hover: "var(--ink-pressed)",
        color: "var(--on-ink)",
        border: "1.5px solid var(--ink)",
      }
    : variant === "subtle" || variant === "transparent"
      ? { background: "transparent", hover: "var(--shade)", color: "var(--ink)", border: "1.5px solid transparent" }
      : { background: "var(--card)", hover: "var(--shade)", color: "var(--ink)", border: "1.5px solid var(--ink)" };

const HEADINGS = '"Archivo", "Heebo", "Arial Narrow", sans-serif';
const TEXT = '"Atkinson Hyperlegible Next", "Heebo", system-ui, sans-serif';

export const theme = createTheme({
  colors: { ink },
  primaryColor: "ink",
  primaryShade: 6,
  black: INK,
  white: "#ffffff",
  fontFamily: TEXT,
  fontFamilyMonospace: '"Atkinson Hyperlegible Mono", ui-monospace, monospace',
  headings: { fontFamily: HEADINGS, fontWeight: "850" },
  fontSizes: { xs: "0.875rem", sm: "0.9375rem", md: "1.0625rem", lg: "1.1875rem", xl: "1.375rem" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.45" },
  defaultRadius: "sm",
  radius: { xs: "2px", sm: "5px", md: "6px", lg: "8px", xl: "12px" },
  respectReducedMotion: true,
  cursorType: "pointer",
  variantColorResolver: variants,
  components: {
    Button: { defaultProps: { size: "md" } },
    TextInput: { defaultProps: { size: "md" } },
    PasswordInput: { defaultProps: { size: "md" } },
    Textarea: { defaultProps: { size: "md" } },
    FileInput: { defaultProps: { size: "md" } },
    NativeSelect: { defaultProps: { size: "md" } },
    Switch: { defaultProps: { size: "md" } },
  },
});

const ROLES = {
  "--mantine-color-body": "var(--paper)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-bright": "var(--ink)",
  "--mantine-color-dimmed": "var(--quiet)",
  "--mantine-color-placeholder": "var(--quiet)",
  "--mantine-color-anchor": "var(--ink)",
  "--mantine-color-error": "var(--fails)",
  "--mantine-color-default": "var(--card)",
  "--mantine-color-default-hover": "var(--shade)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--edge)",
  "--mantine-color-disabled": "var(--shade)",
  "--mantine-color-disabled-color": "var(--quiet)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-primary-color-filled": "var(--ink)",
  "--mantine-primary-color-filled-hover": "var(--ink-pressed)",
  "--mantine-primary-color-contrast": "var(--on-ink)",
};

export const roles: CSSVariablesResolver = () => ({ variables: {}, light: ROLES, dark: ROLES });
