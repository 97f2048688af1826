import {
  Button,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  Input,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

/** Mantine wants ten shades; ours is one ink that the tokens turn over for the dark theme. */
const tuple = (value: string): MantineColorsTuple => [
  value,
  value,
  value,
  value,
  value,
  value,
  value,
  value,
  value,
  value,
];

const INK = "var(--ink)";

const variantColorResolver: VariantColorsResolver = (input) => {
  const found = defaultVariantColorsResolver(input);
  const danger = input.color === "danger";
  switch (input.variant) {
    case "filled":
      return {
        ...found,
        background: danger ? "var(--danger)" : INK,
        hover: danger ? "var(--danger-tx)" : "color-mix(in srgb, var(--ink) 86%, var(--surface))",
        color: danger ? "var(--sev1-tx)" : "var(--on-ink)",
        border: "1px solid transparent",
      };
    case "default":
      return {
        ...found,
        background: "var(--surface)",
        hover: "var(--hover)",
        color: INK,
        border: "1px solid var(--line-strong)",
      };
    case "subtle":
      return {
        ...found,
        background: "transparent",
        hover: "var(--hover)",
        color: danger ? "var(--danger-tx)" : "var(--ink-2)",
        border: "1px solid transparent",
      };
    default:
      return found;
  }
};

const BUTTON_SIZES = {
  sm: { "--button-height": "24px", "--button-padding-x": "8px", "--button-fz": "12px" },
  md: { "--button-height": "28px", "--button-padding-x": "10px", "--button-fz": "13px" },
  lg: { "--button-height": "32px", "--button-padding-x": "12px", "--button-fz": "13px" },
} as const;

export const theme = createTheme({
  primaryColor: "ink",
  colors: { ink: tuple(INK), danger: tuple("var(--danger)") },
  variantColorResolver,
  defaultRadius: 6,
  cursorType: "pointer",
  focusRing: "auto",
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  fontSizes: { xs: "11px", sm: "12px", md: "13px", lg: "14px", xl: "16px" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.45", lg: "1.45", xl: "1.4" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "20px", xl: "24px" },
  radius: { xs: "2px", sm: "4px", md: "6px", lg: "10px", xl: "16px" },
  headings: { fontFamily: "var(--font)", fontWeight: "600" },
  components: {
    Button: Button.extend({
      defaultProps: { variant: "default", size: "md" },
      vars: (_, { size }) => ({
        root: size === "sm" ? BUTTON_SIZES.sm : size === "lg" ? BUTTON_SIZES.lg : BUTTON_SIZES.md,
      }),
    }),
    Input: Input.extend({
      vars: () => ({
        wrapper: { "--input-height": "var(--field-height)", "--input-fz": "var(--field-text)" },
      }),
    }),
    SegmentedControl: { defaultProps: { withItemsBorders: false, radius: 6 } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] } },
    ActionIcon: { defaultProps: { size: 28, variant: "subtle" } },
    Tooltip: {
      defaultProps: { openDelay: 400, withArrow: false, events: { hover: true, focus: true, touch: false } },
    },
    Modal: {
      defaultProps: {
        radius: 10,
        overlayProps: { backgroundOpacity: 0.32 },
        transitionProps: { duration: 120 },
      },
    },
    Menu: {
      defaultProps: {
        radius: 6,
        shadow: "pop",
        withInitialFocusPlaceholder: false,
        transitionProps: { duration: 80 },
      },
    },
    Popover: { defaultProps: { radius: 6, shadow: "pop", transitionProps: { duration: 80 } } },
  },
  shadows: { pop: "var(--shadow-pop)", md: "var(--shadow-pop)", sm: "var(--shadow-card)" },
});

const shared = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": INK,
  "--mantine-color-bright": INK,
  "--mantine-color-dimmed": "var(--ink-3)",
  "--mantine-color-placeholder": "var(--ink-3)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-error": "var(--danger-tx)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--hover)",
  "--mantine-color-default-color": INK,
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-disabled": "var(--sunken)",
  "--mantine-color-disabled-color": "var(--ink-3)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-primary-color-filled": INK,
  "--mantine-primary-color-filled-hover": "var(--ink-2)",
  "--mantine-primary-color-light": "var(--hover)",
  "--mantine-primary-color-light-hover": "var(--sunken)",
  "--mantine-primary-color-light-color": INK,
  "--mantine-primary-color-contrast": "var(--on-ink)",
  "--mantine-color-ink-filled": INK,
  "--mantine-color-ink-light": "var(--hover)",
  "--mantine-color-ink-light-color": INK,
  "--mantine-color-ink-outline": INK,
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});
