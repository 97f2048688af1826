import classes from "./Avatar.module.css";
import { initial, personColour } from "./person";

/** A person: the first letter on a colour of their own. Named by its title unless the name stands beside it. */
export function Avatar({
  id,
  name,
  size = 22,
  named = true,
  title = name,
}: {
  id: string;
  name: string;
  size?: 18 | 22 | 26;
  named?: boolean;
  /** Says more than the name, such as the role. */
  title?: string;
}) {
  return (
    <span
      className={classes.avatar}
      data-size={size}
      data-colour={personColour(id)}
      {...(named ? { role: "img", "aria-label": title, title } : { "aria-hidden": true })}
    >
      {initial(name)}
    </span>
  );
}
