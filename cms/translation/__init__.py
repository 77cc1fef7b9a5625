"""cms/translation"""
