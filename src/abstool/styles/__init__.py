"""Citation styles: names, options, wording, and the style files of abstool."""
