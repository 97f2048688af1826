"""Starting, changing and stopping the shop: places, parts, supervisor, actions."""
