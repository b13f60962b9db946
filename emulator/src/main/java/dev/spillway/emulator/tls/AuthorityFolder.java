package dev.spillway.emulator.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/**
 * The folder that the {@link Authority} is kept in, so that clients trust the next start, too.
 *
 * <p>{@code spillway-ca.pem} is for clients to trust; {@code spillway-ca.p12} is the same for Java,
 * with the password {@value #PASSWORD}; {@code spillway-ca-key.pem} only its owner may read.
 */
public final class AuthorityFolder {

  /** Of the trust store; it holds nothing secret, but Java wants one. */
  public static final String PASSWORD = "spillway";

  private static final Duration LEFT = Duration.ofDays(30);

  private final Path folder;

  public AuthorityFolder(Path folder) {
    this.folder = folder;
  }

  /** What clients are to trust. */
  public Path certificate() {
    return folder.resolve("spillway-ca.pem");
  }

  private Path trustStore() {
    return folder.resolve("spillway-ca.p12");
  }

  private Path key() {
    return folder.resolve("spillway-ca-key.pem");
  }

  /**
   * The authority of this folder; a new one when there is none or its time is nearly over.
   *
   * @throws UnusableFolder when it cannot be read or written
   */
  public Authority open(Instant now) {
    try {
      if (Files.exists(certificate()) && Files.exists(key())) {
        Authority known = read();
        if (known.certificate().getNotAfter().toInstant().isAfter(now.plus(LEFT))) {
          return known;
        }
      }
      Authority made = Authority.make(now);
      write(made);
      return made;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new UnusableFolder(folder, e);
    }
  }

  private Authority read() throws IOException, GeneralSecurityException {
    try (PEMParser certificate = new PEMParser(reader(certificate()));
        PEMParser key = new PEMParser(reader(key()))) {
      if (certificate.readObject() instanceof X509CertificateHolder holder
          && key.readObject() instanceof PrivateKeyInfo info) {
        X509Certificate known = new JcaX509CertificateConverter().getCertificate(holder);
        PrivateKey secret = new JcaPEMKeyConverter().getPrivateKey(info);
        return new Authority(known, secret);
      }
      throw new IOException("spillway-ca.pem and spillway-ca-key.pem are no certificate and key");
    }
  }

  private static Reader reader(Path file) throws IOException {
    return Files.newBufferedReader(file);
  }

  private void write(Authority authority) throws IOException, GeneralSecurityException {
    Files.createDirectories(folder);
    replace(key(), pem(new JcaPKCS8Generator(authority.key(), null)), "rw-------");
    replace(certificate(), pem(authority.certificate()), "rw-r--r--");
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("spillway", authority.certificate());
    Path store = temporary("rw-r--r--");
    try (OutputStream out = Files.newOutputStream(store)) {
      trust.store(out, PASSWORD.toCharArray());
    }
    move(store, trustStore());
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(object);
    }
    return text.toString();
  }

  private void replace(Path file, String text, String permissions) throws IOException {
    Path temporary = temporary(permissions);
    var unused = Files.writeString(temporary, text);
    move(temporary, file);
  }

  private Path temporary(String permissions) throws IOException {
    Path file = Files.createTempFile(folder, "new", null);
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      var unused =
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
    return file;
  }

  private static void move(Path from, Path to) throws IOException {
    var unused = Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /** That the folder cannot be used, in one line. */
  public static final class UnusableFolder extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    UnusableFolder(Path folder, Exception cause) {
      super(
          "the folder " + folder + " cannot hold certificates: " + cause,
          cause instanceof IOException io ? io : new IOException(cause));
    }
  }
}
