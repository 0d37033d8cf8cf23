const names: Record<string, string> = { gemini: 'Gemini', openai: 'an OpenAI-compatible server' };

/** A language model's provider, in the middle of a sentence. */
export function providerName(provider: string): string {
  return names[provider] ?? provider;
}
