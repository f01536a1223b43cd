# ends: NOT_A_FUNCTION
handle = 1
