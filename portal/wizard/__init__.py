"""From a company's situation to the programs that fit, each with its reasons."""
