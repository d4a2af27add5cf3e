"""The bundled example municipality and the tool that sets its documents."""
