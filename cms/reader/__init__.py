"""cms/reader"""
