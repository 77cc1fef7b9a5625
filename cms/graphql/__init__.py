"""cms/graphql"""
