"""What residents may know of casework: counts by quarter and issue, with small numbers hidden."""
