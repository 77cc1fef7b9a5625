"""cms/delivery"""
