package dev.spillway.router.identity;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.Configuration;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.CredentialBuilderBase;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.backend.Credential.Kind;
import dev.spillway.router.link.Outbound;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Asks for tokens by azure-identity.
 *
 * <p>Its credentials keep what they have got. A new credential has nothing kept, but managed
 * identities share what they keep with all of the process, so that MSAL, below them, is told to ask
 * again.
 */
final class AzureTokenSource implements TokenSource {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** The keeper asks again by itself. */
  private static final RetryOptions ONE_RETRY =
      new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(200)));

  private final Credential.Token wanted;
  private final HttpClient http;
  private volatile TokenCredential credential;

  private AzureTokenSource(Credential.Token wanted, HttpClient http) {
    this.wanted = wanted;
    this.http = http;
    this.credential = build();
  }

  static TokenSource of(Credential.Token wanted, Outbound way) {
    HttpClient http =
        new JdkHttpClientBuilder(client(way))
            .connectionTimeout(CONNECT)
            .responseTimeout(ANSWER)
            .readTimeout(ANSWER)
            .configuration(Configuration.NONE)
            .build();
    return new AzureTokenSource(wanted, http);
  }

  private static java.net.http.HttpClient.Builder client(Outbound way) {
    java.net.http.HttpClient.Builder client = java.net.http.HttpClient.newBuilder();
    if (!way.standard().isStandard()) {
      client.sslContext(way.standard().context());
    }
    return client.proxy(new EndpointProxies(way.proxy()));
  }

  @Override
  public Fresh fetch(boolean another) {
    if (another) {
      renew();
    }
    TokenRequestContext request = new TokenRequestContext().addScopes(wanted.scope());
    AccessToken token = credential.getTokenSync(request);
    OffsetDateTime refreshAt = token.getRefreshAt();
    return new Fresh(
        token.getToken(),
        token.getExpiresAt().toInstant(),
        refreshAt == null ? null : refreshAt.toInstant());
  }

  private TokenCredential build() {
    return switch (wanted.kind()) {
      case Kind.ManagedIdentity it ->
          common(new ManagedIdentityCredentialBuilder()).clientId(it.clientId()).build();
      case Kind.ClientSecret it ->
          at(it.authority(), common(new ClientSecretCredentialBuilder()))
              .tenantId(it.tenant())
              .clientId(it.clientId())
              .clientSecret(it.secret().value())
              .build();
      case Kind.WorkloadIdentity it ->
          at(it.authority(), common(new WorkloadIdentityCredentialBuilder()))
              .tenantId(it.tenant())
              .clientId(it.clientId())
              .build();
      case Kind.Default it -> standard(it);
    };
  }

  private TokenCredential standard(Kind.Default it) {
    DefaultAzureCredentialBuilder builder = common(new DefaultAzureCredentialBuilder());
    if (it.clientId() != null) {
      builder.managedIdentityClientId(it.clientId()).workloadIdentityClientId(it.clientId());
    }
    if (it.authority() != null) {
      builder.authorityHost(it.authority().toString()).disableInstanceDiscovery();
    }
    return builder.build();
  }

  private <B extends CredentialBuilderBase<B>> B common(B builder) {
    return builder.httpClient(http).retryOptions(ONE_RETRY);
  }

  /** Microsoft knows no authority but its own, so it is not asked about this one. */
  private static <B extends AadCredentialBuilderBase<B>> B at(@Nullable URI authority, B builder) {
    return authority == null
        ? builder
        : builder.authorityHost(authority.toString()).disableInstanceDiscovery();
  }

  private void renew() {
    switch (wanted.kind()) {
      case Kind.ManagedIdentity it -> renewManaged(it.clientId());
      case Kind.Default it -> renewManaged(it.clientId());
      case Kind.ClientSecret it -> {}
      case Kind.WorkloadIdentity it -> {}
    }
    credential = build();
  }

  /** What goes wrong here goes wrong once more when the credential is asked, and is said then. */
  private void renewManaged(@Nullable String clientId) {
    ManagedIdentityId id =
        clientId == null
            ? ManagedIdentityId.systemAssigned()
            : ManagedIdentityId.userAssignedClientId(clientId);
    String resource = wanted.scope().replaceFirst("/\\.default$", "");
    try {
      var unused =
          ManagedIdentityApplication.builder(id)
              .build()
              .acquireTokenForManagedIdentity(
                  ManagedIdentityParameters.builder(resource).forceRefresh(true).build())
              .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      // there is no such identity
    }
  }
}
