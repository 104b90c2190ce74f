"""The main job from end to end, in the real window, by keys and clicks."""
