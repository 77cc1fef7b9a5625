"""cms/workflows"""
