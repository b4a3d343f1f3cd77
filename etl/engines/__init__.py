"""The engines that can run the models beside the one inside the build: the same SELECTs on a cluster."""
