"""What is measured, layer by layer: pure functions, each naming where its definition was published."""
