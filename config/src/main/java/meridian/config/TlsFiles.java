package meridian.config;

import java.nio.file.Path;

/// Where a name server finds what it shows to those who come encrypted. They are read by whoever
/// shows them, when they change: a certificate that is wrong is no reason not to serve a zone.
///
/// @param certificate a chain of certificates as PEM, the server's own first
/// @param key its private key as PEM
public record TlsFiles(Path certificate, Path key) {}
