"""cms/enquiries"""
