"""Reports: amounts, claims, the Framework matrix, publication and manifests."""
