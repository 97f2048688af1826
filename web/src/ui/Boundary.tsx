import { Component, type ErrorInfo, type ReactNode } from "react";
import { ErrorBox } from "./ErrorBox";

interface Props {
  /** What this part of the page was doing. */
  what: string;
  children: ReactNode;
}

/** Keeps a failure inside the part that failed. */
export class Boundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo) {
    // biome-ignore lint/suspicious/noConsole: the only trace of a failure that the reader cannot describe
    console.error(error, info.componentStack);
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return (
      <ErrorBox
        what={this.props.what}
        error={this.state.error}
        onRetry={() => this.setState({ error: undefined })}
      />
    );
  }
}
