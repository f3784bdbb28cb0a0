"""Small tools that know nothing of wards or posts: private files, the progress bar and others."""
