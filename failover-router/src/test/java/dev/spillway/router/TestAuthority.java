package dev.spillway.router;

import dev.spillway.router.link.Certified;
import dev.spillway.router.link.TlsTerms;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority whose certificates only those trust who are told to. */
public final class TestAuthority {

  private static final Date FROM = Date.from(Instant.parse("2020-01-01T00:00:00Z"));
  private static final Date TO = Date.from(Instant.parse("2120-01-01T00:00:00Z"));

  private final KeyPair pair = keys("EC", 256);
  private final X509Certificate certificate = sign("CN=authority", pair, pair, List.of(), true);

  /** Somebody of a host name, with a key of this kind ({@code EC} or {@code RSA}). */
  public Signed sign(String algorithm, String... hosts) {
    KeyPair own = keys(algorithm, algorithm.equals("EC") ? 256 : 2048);
    return new Signed(own, sign("CN=" + hosts[0], own, pair, List.of(hosts), false));
  }

  public Path pem(Path folder) {
    return write(folder.resolve("ca.pem"), certificate);
  }

  public TlsTerms trusted() {
    return new TlsTerms(List.of(certificate), null);
  }

  /** What a server of this name speaks TLS with, which takes certificates of this authority. */
  public SSLContext server(String... hosts) {
    Signed signed = sign("EC", hosts);
    Certified certified = new Certified(List.of(signed.certificate()), signed.pair().getPrivate());
    return new TlsTerms(List.of(certificate), certified).context();
  }

  /** A certificate and its keys. */
  public record Signed(KeyPair pair, X509Certificate certificate) {

    public Path certificate(Path folder) {
      return write(folder.resolve("certificate.pem"), certificate);
    }

    /** As OpenSSL used to write it: {@code RSA PRIVATE KEY} or {@code EC PRIVATE KEY}. */
    public Path traditionalKey(Path folder) {
      return write(folder.resolve("traditional.pem"), pair.getPrivate());
    }

    public Path key(Path folder) {
      try {
        return write(folder.resolve("key.pem"), new JcaPKCS8Generator(pair.getPrivate(), null));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Path write(Path file, Object object) {
    StringWriter text = new StringWriter();
    try {
      try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
        pem.writeObject(object);
      }
      return Files.writeString(file, "# a comment\n" + text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static X509Certificate sign(
      String name, KeyPair own, KeyPair by, List<String> hosts, boolean authority) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=authority"),
              new BigInteger(63, new SecureRandom()),
              FROM,
              TO,
              new X500Name(name),
              own.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!hosts.isEmpty()) {
        GeneralName[] names =
            hosts.stream().map(TestAuthority::alternative).toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GeneralName alternative(String host) {
    boolean address = Character.isDigit(host.charAt(0));
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  private static KeyPair keys(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
