"""What the complaints of some days have in common, how they were dealt with, and what putting them right cost."""
