"""cms/roles"""
