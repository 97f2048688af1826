export { KindGlyph, Ring, SeverityGlyph, StatusGlyph } from "./glyphs";
export { Icon, type IconName } from "./Icon";
export { KIND_SHAPES, KIND_TOKENS, type Kind } from "./kinds";
export { Logo } from "./Logo";
export { ThemeProvider } from "./theme/ThemeProvider";
