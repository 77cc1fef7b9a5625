"""pages/blocks"""
