import { Link } from "@tanstack/react-router";
import { Face } from "@/ui/face";

export const NotFound = () => (
  <Face title="There is no such page" action={<Link to="/sessions">Go to the sessions</Link>}>
    The address may be mistyped, or the page was moved.
  </Face>
);
