"""cms/media"""
